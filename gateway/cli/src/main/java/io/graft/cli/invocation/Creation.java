package io.graft.cli.invocation;

import io.graft.v1.CreateUploadRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import picocli.CommandLine.Option;

/** What every command that creates something takes. */
public final class Creation {
    @Option(names = "--label", paramLabel = "KEY=VALUE", description = "free label; may be repeated")
    Map<String, String> labels = new LinkedHashMap<>();

    @Option(
            names = "--request-id",
            paramLabel = "ID",
            description = "idempotency key: the same id and payload returns the first answer (default: a random one)")
    String requestId = "";

    @Option(names = "--validate-only", description = "only check; fails where the real call would")
    boolean validateOnly;

    public Map<String, String> labels() {
        return labels;
    }

    /** The key of this run; repeated calls of one run share it. */
    public String requestId() {
        if (requestId.isEmpty()) {
            requestId = "cli-" + UUID.randomUUID();
        }
        return requestId;
    }

    /** Fills an upload's draft; the key only when the caller chose one, for else it follows from the content. */
    public CreateUploadRequest.Builder fill(CreateUploadRequest.Builder draft) {
        return draft.putAllLabels(labels).setRequestId(requestId).setValidateOnly(validateOnly);
    }

    public boolean validateOnly() {
        return validateOnly;
    }
}
