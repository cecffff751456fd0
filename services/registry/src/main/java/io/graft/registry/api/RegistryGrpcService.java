package io.graft.registry.api;

import com.google.protobuf.Message;
import io.graft.platform.grpc.Caller;
import io.graft.platform.query.Page;
import io.graft.platform.request.Mutation;
import io.graft.platform.resource.ResourceName;
import io.graft.platform.resource.ResourceName.AliasName;
import io.graft.platform.resource.ResourceName.DatasetName;
import io.graft.platform.resource.ResourceName.DatasetVersionName;
import io.graft.platform.resource.ResourceName.ModelName;
import io.graft.platform.resource.ResourceName.ModelVersionName;
import io.graft.platform.resource.ResourceName.TenantName;
import io.graft.platform.resource.ResourceName.UploadName;
import io.graft.registry.domain.AliasStore;
import io.graft.registry.domain.Downloads;
import io.graft.registry.domain.LineStore;
import io.graft.registry.domain.Lines;
import io.graft.registry.domain.Listing;
import io.graft.registry.domain.RegistryRules;
import io.graft.registry.domain.Uploads;
import io.graft.registry.domain.VersionForms;
import io.graft.registry.domain.VersionStore;
import io.graft.v1.Alias;
import io.graft.v1.CommitUploadRequest;
import io.graft.v1.CreateDatasetRequest;
import io.graft.v1.CreateDownloadRequest;
import io.graft.v1.CreateDownloadResponse;
import io.graft.v1.CreateModelRequest;
import io.graft.v1.CreateUploadRequest;
import io.graft.v1.Dataset;
import io.graft.v1.DatasetVersion;
import io.graft.v1.GetAliasRequest;
import io.graft.v1.GetDatasetRequest;
import io.graft.v1.GetDatasetVersionRequest;
import io.graft.v1.GetLineageRequest;
import io.graft.v1.GetModelRequest;
import io.graft.v1.GetModelVersionRequest;
import io.graft.v1.GetUploadRequest;
import io.graft.v1.Lineage;
import io.graft.v1.ListAliasesRequest;
import io.graft.v1.ListAliasesResponse;
import io.graft.v1.ListDatasetVersionsRequest;
import io.graft.v1.ListDatasetVersionsResponse;
import io.graft.v1.ListDatasetsRequest;
import io.graft.v1.ListDatasetsResponse;
import io.graft.v1.ListModelVersionsRequest;
import io.graft.v1.ListModelVersionsResponse;
import io.graft.v1.ListModelsRequest;
import io.graft.v1.ListModelsResponse;
import io.graft.v1.ListTensorsRequest;
import io.graft.v1.ListTensorsResponse;
import io.graft.v1.Model;
import io.graft.v1.ModelVersion;
import io.graft.v1.RegistryServiceGrpc;
import io.graft.v1.SetAliasRequest;
import io.graft.v1.TensorSpec;
import io.graft.v1.Upload;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;
import java.util.List;
import java.util.Set;

/** {@code graft.v1.RegistryService}: authorises the tenant of every name first, then calls the domain. */
@GrpcService
@Blocking
public final class RegistryGrpcService extends RegistryServiceGrpc.RegistryServiceImplBase {
    private static final Set<String> LINE_FIELDS = Set.of("create_time", "labels");
    private static final Set<String> MODEL_VERSION_FIELDS = Set.of("kind", "digest", "create_time", "labels");
    private static final Set<String> DATASET_VERSION_FIELDS = Set.of("digest", "create_time", "labels");

    private final Lines lines;
    private final LineStore lineStore;
    private final VersionStore versions;
    private final AliasStore aliases;
    private final Uploads uploads;
    private final Downloads downloads;

    RegistryGrpcService(Registry registry) {
        this.lineStore = registry.lines();
        this.lines = new Lines(lineStore);
        this.versions = registry.versions();
        this.aliases = registry.aliases();
        this.uploads = registry.uploads();
        this.downloads = registry.downloads();
    }

    @Override
    public void createModel(CreateModelRequest request, StreamObserver<Model> observer) {
        TenantName tenant = authorized("parent", request.getParent(), TenantName.class);
        Model fields = request.getModel();
        answer(
                observer,
                lines.createModel(
                        tenant.tenant(),
                        request.getModelId(),
                        fields.getDescription(),
                        fields.getLabelsMap(),
                        mutation(request)));
    }

    @Override
    public void getModel(GetModelRequest request, StreamObserver<Model> observer) {
        answer(observer, lineStore.get(authorized("name", request.getName(), ModelName.class)));
    }

    @Override
    public void listModels(ListModelsRequest request, StreamObserver<ListModelsResponse> observer) {
        authorized("parent", request.getParent(), TenantName.class);
        Page<Model> page = lineStore.models(Listing.of(
                request.getParent(), request.getPageSize(), request.getPageToken(), request.getFilter(), LINE_FIELDS));
        answer(
                observer,
                ListModelsResponse.newBuilder()
                        .addAllModels(page.items())
                        .setNextPageToken(page.nextPageToken())
                        .build());
    }

    @Override
    public void getModelVersion(GetModelVersionRequest request, StreamObserver<ModelVersion> observer) {
        answer(
                observer,
                versions.get(authorized("name", request.getName(), List.of(ModelVersionName.class, AliasName.class))));
    }

    @Override
    public void listModelVersions(
            ListModelVersionsRequest request, StreamObserver<ListModelVersionsResponse> observer) {
        authorized("parent", request.getParent(), ModelName.class);
        Page<ModelVersion> page = versions.list(Listing.of(
                request.getParent(),
                request.getPageSize(),
                request.getPageToken(),
                request.getFilter(),
                MODEL_VERSION_FIELDS));
        answer(
                observer,
                ListModelVersionsResponse.newBuilder()
                        .addAllModelVersions(page.items())
                        .setNextPageToken(page.nextPageToken())
                        .build());
    }

    @Override
    public void listTensors(ListTensorsRequest request, StreamObserver<ListTensorsResponse> observer) {
        authorized("parent", request.getParent(), ModelVersionName.class);
        Page<TensorSpec> page =
                versions.tensors(Listing.ofTensors(request.getParent(), request.getPageSize(), request.getPageToken()));
        answer(
                observer,
                ListTensorsResponse.newBuilder()
                        .addAllTensors(page.items())
                        .setNextPageToken(page.nextPageToken())
                        .build());
    }

    @Override
    public void setAlias(SetAliasRequest request, StreamObserver<Alias> observer) {
        authorized("alias.name", request.getAlias().getName(), AliasName.class);
        answer(observer, aliases.set(RegistryRules.alias(request.getAlias()), mutation(request)));
    }

    @Override
    public void getAlias(GetAliasRequest request, StreamObserver<Alias> observer) {
        answer(observer, aliases.get(authorized("name", request.getName(), AliasName.class)));
    }

    @Override
    public void listAliases(ListAliasesRequest request, StreamObserver<ListAliasesResponse> observer) {
        authorized("parent", request.getParent(), ModelName.class);
        Page<Alias> page = aliases.list(
                Listing.of(request.getParent(), request.getPageSize(), request.getPageToken(), "", Set.of()));
        answer(
                observer,
                ListAliasesResponse.newBuilder()
                        .addAllAliases(page.items())
                        .setNextPageToken(page.nextPageToken())
                        .build());
    }

    @Override
    public void createDataset(CreateDatasetRequest request, StreamObserver<Dataset> observer) {
        TenantName tenant = authorized("parent", request.getParent(), TenantName.class);
        Dataset fields = request.getDataset();
        Model created = lines.createDataset(
                tenant.tenant(),
                request.getDatasetId(),
                fields.getDescription(),
                fields.getLabelsMap(),
                mutation(request));
        answer(observer, VersionForms.dataset(created));
    }

    @Override
    public void getDataset(GetDatasetRequest request, StreamObserver<Dataset> observer) {
        DatasetName name = authorized("name", request.getName(), DatasetName.class);
        answer(observer, VersionForms.dataset(lineStore.get(name)));
    }

    @Override
    public void listDatasets(ListDatasetsRequest request, StreamObserver<ListDatasetsResponse> observer) {
        authorized("parent", request.getParent(), TenantName.class);
        Page<Model> page = lineStore.datasets(Listing.of(
                request.getParent(), request.getPageSize(), request.getPageToken(), request.getFilter(), LINE_FIELDS));
        ListDatasetsResponse.Builder response =
                ListDatasetsResponse.newBuilder().setNextPageToken(page.nextPageToken());
        page.items().forEach(line -> response.addDatasets(VersionForms.dataset(line)));
        answer(observer, response.build());
    }

    @Override
    public void getDatasetVersion(GetDatasetVersionRequest request, StreamObserver<DatasetVersion> observer) {
        DatasetVersionName name = authorized("name", request.getName(), DatasetVersionName.class);
        answer(observer, versions.dataset(name));
    }

    @Override
    public void listDatasetVersions(
            ListDatasetVersionsRequest request, StreamObserver<ListDatasetVersionsResponse> observer) {
        authorized("parent", request.getParent(), DatasetName.class);
        Page<DatasetVersion> page = versions.datasets(Listing.of(
                request.getParent(),
                request.getPageSize(),
                request.getPageToken(),
                request.getFilter(),
                DATASET_VERSION_FIELDS));
        ListDatasetVersionsResponse.Builder response =
                ListDatasetVersionsResponse.newBuilder().setNextPageToken(page.nextPageToken());
        answer(observer, response.addAllDatasetVersions(page.items()).build());
    }

    @Override
    public void createUpload(CreateUploadRequest request, StreamObserver<Upload> observer) {
        ResourceName parent = authorized("parent", request.getParent(), List.of(ModelName.class, DatasetName.class));
        answer(observer, uploads.create(parent, request, mutation(request)));
    }

    @Override
    public void getUpload(GetUploadRequest request, StreamObserver<Upload> observer) {
        answer(observer, uploads.get(authorized("name", request.getName(), UploadName.class)));
    }

    @Override
    public void commitUpload(CommitUploadRequest request, StreamObserver<Upload> observer) {
        UploadName name = authorized("name", request.getName(), UploadName.class);
        answer(observer, uploads.commit(name, mutation(request)));
    }

    @Override
    public void createDownload(CreateDownloadRequest request, StreamObserver<CreateDownloadResponse> observer) {
        ResourceName name =
                authorized("name", request.getName(), List.of(ModelVersionName.class, DatasetVersionName.class));
        answer(observer, downloads.create(name, request.getPathsList()));
    }

    @Override
    public void getLineage(GetLineageRequest request, StreamObserver<Lineage> observer) {
        ModelVersionName name = authorized("name", request.getName(), ModelVersionName.class);
        answer(observer, versions.lineage(name, RegistryRules.depth(request.getDepth())));
    }

    private static <T extends ResourceName> T authorized(String field, String name, Class<T> type) {
        Caller.current().authorize(ResourceName.parse(field, name));
        return ResourceName.parse(field, name, type);
    }

    private static ResourceName authorized(String field, String name, List<Class<? extends ResourceName>> types) {
        Caller.current().authorize(ResourceName.parse(field, name));
        return ResourceName.parseAny(field, name, types);
    }

    private static Mutation mutation(Message request) {
        return Mutation.of(request, Caller.current().trace().traceparent());
    }

    private static <T> void answer(StreamObserver<T> observer, T value) {
        observer.onNext(value);
        observer.onCompleted();
    }
}
