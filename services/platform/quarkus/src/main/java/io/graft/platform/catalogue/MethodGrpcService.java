package io.graft.platform.catalogue;

import static io.graft.platform.grpc.Calls.answer;

import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.platform.methods.MethodCatalog;
import io.graft.platform.query.Filter;
import io.graft.platform.query.FilterTerm;
import io.graft.platform.query.PageToken;
import io.graft.v1.GetMethodRequest;
import io.graft.v1.ListMethodsRequest;
import io.graft.v1.ListMethodsResponse;
import io.graft.v1.Method;
import io.graft.v1.MethodServiceGrpc;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code graft.v1.MethodService} over the catalogue of this release, the same for every tenant. */
@GrpcService
public final class MethodGrpcService extends MethodServiceGrpc.MethodServiceImplBase {
    private static final Set<String> FILTER_FIELDS = Set.of("kind");

    private final List<Method> methods;

    MethodGrpcService(MethodCatalog catalog) {
        methods = catalog.methods().stream().map(MethodProtos::toProto).toList();
    }

    @Override
    public void listMethods(ListMethodsRequest request, StreamObserver<ListMethodsResponse> observer) {
        List<FilterTerm> terms = Filter.parse(request.getFilter(), FILTER_FIELDS);
        List<Method> found = methods.stream()
                .filter(method -> terms.stream().allMatch(term -> matches(method, term)))
                .toList();
        int from = Math.min(found.size(), position(request.getPageToken(), terms.toString()));
        int to = Math.min(found.size(), from + PageToken.size(request.getPageSize()));
        String next = to < found.size() ? new PageToken(Integer.toString(to)).encode(terms.toString()) : "";
        answer(
                observer,
                ListMethodsResponse.newBuilder()
                        .addAllMethods(found.subList(from, to))
                        .setNextPageToken(next)
                        .build());
    }

    @Override
    public void getMethod(GetMethodRequest request, StreamObserver<Method> observer) {
        answer(
                observer,
                methods.stream()
                        .filter(method -> method.getName().equals(request.getName()))
                        .findFirst()
                        .orElseThrow(() -> new GraftException(
                                ErrorCode.NOT_FOUND,
                                "There is no method '" + request.getName()
                                        + "'; name one as methods/{kind}.{method}, as ListMethods does",
                                Map.of("method", request.getName()))));
    }

    private static boolean matches(Method method, FilterTerm term) {
        if (term.operator() != FilterTerm.Operator.EQUAL) {
            throw new GraftException(ErrorCode.INVALID_FILTER, "kind is compared with = only");
        }
        return method.getKind().equals(term.value());
    }

    private static int position(String token, String list) {
        if (token.isEmpty()) {
            return 0;
        }
        String position = PageToken.decode(token, list).position();
        if (!position.matches("[0-9]{1,6}")) {
            throw new GraftException(ErrorCode.INVALID_PAGE_TOKEN, "page_token is damaged; begin again without it");
        }
        return Integer.parseInt(position);
    }
}
