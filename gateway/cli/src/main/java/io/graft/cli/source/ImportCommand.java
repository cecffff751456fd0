package io.graft.cli.source;

import io.graft.cli.failure.CommandException;
import io.graft.cli.failure.ExitCode;
import io.graft.cli.file.ModelUpload;
import io.graft.cli.file.UploadText;
import io.graft.cli.file.VersionKind;
import io.graft.cli.invocation.Creation;
import io.graft.cli.invocation.Invocation;
import io.graft.v1.Alias;
import io.graft.v1.CreateUploadRequest;
import io.graft.v1.SetAliasRequest;
import io.graft.v1.Upload;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code graft import}. */
@Command(
        name = "import",
        description =
                "Check a model, convert it where needed, and make it a version. SOURCE is a folder in Hugging Face"
                        + " layout, an .onnx file of a BERT encoder with its tokenizer.json, a .jar that holds both, or one of"
                        + " bge-small-en, bge-small-en-v1.5, e5-small-v2, bge-small-zh.")
public final class ImportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "SOURCE", description = "see above")
    String source = "";

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            description = "the model that gets the version; created when absent (default: a published model's name)")
    String model = "";

    @Option(names = "--alias", paramLabel = "ALIAS", description = "set this alias of the model to the version")
    String alias = "";

    @Option(names = "--kind", paramLabel = "KIND", description = "${COMPLETION-CANDIDATES} (default full)")
    VersionKind kind = VersionKind.FULL;

    @Option(
            names = "--tokenizer",
            paramLabel = "FILE",
            description = "tokenizer.json of an .onnx file (default: the one beside it)")
    @Nullable
    Path tokenizer;

    @Option(
            names = "--origin",
            paramLabel = "TEXT",
            description = "where an .onnx or .jar comes from, for the model card")
    String origin = "";

    @Option(names = "--licence", paramLabel = "TEXT", description = "its licence, for the model card (default unknown)")
    String licence = "unknown";

    @Mixin
    Creation creation = new Creation();

    private final Invocation invocation;

    ImportCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        String name = invocation.names().model(modelId());
        StagedModel staged = new ModelSources(invocation)
                .stage(
                        source,
                        tokenizer != null ? tokenizer : Path.of(source).resolveSibling("tokenizer.json"),
                        origin.isEmpty() ? source : origin,
                        licence);
        if (!staged.ignored().isEmpty()) {
            invocation.output().note("Left out, not part of a model: " + String.join(", ", staged.ignored()));
        }
        CreateUploadRequest draft = creation.fill(
                        CreateUploadRequest.newBuilder().setParent(name).setKind(kind.kind()))
                .build();
        Upload upload = new ModelUpload(invocation).run(staged.files(), draft, staged.description());
        if (!alias.isEmpty() && !creation.validateOnly()) {
            setAlias(name + "/aliases/" + alias, upload.getVersion());
        }
        invocation.output().result(upload, out -> UploadText.print(upload, out));
        return ExitCode.OK.value();
    }

    private String modelId() {
        if (!model.isEmpty()) {
            return model;
        }
        if (PublishedModel.find(source).isEmpty()) {
            throw CommandException.usage("Say which model gets the version: --model MODEL");
        }
        return source;
    }

    private void setAlias(String name, String version) {
        invocation
                .services()
                .registry()
                .setAlias(SetAliasRequest.newBuilder()
                        .setAlias(Alias.newBuilder().setName(name).setVersion(version))
                        .build());
        invocation.output().note("Alias " + name + " names " + version);
    }
}
