package io.graft.engine.worker.transfer;

import io.graft.engine.safetensors.Checkpoint;
import io.graft.engine.safetensors.Problem;
import io.graft.engine.safetensors.SafetensorsException;
import io.graft.engine.safetensors.compatibility.CompatibilityProblem;
import io.graft.engine.safetensors.compatibility.IncompatibleWeightsException;
import io.graft.engine.safetensors.compatibility.ProblemKind;
import io.graft.engine.safetensors.compatibility.TensorPatternException;
import io.graft.engine.weights.NonFiniteWeightsException;
import io.graft.engine.weights.NotADifferenceException;
import io.graft.engine.weights.pipeline.TransferCancelledException;
import io.graft.engine.worker.PulledInput;
import io.graft.engine.worker.StoppedException;
import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Turns what the engine refuses into reasons for the job's owner, who knows versions and not this machine's folders. */
final class EngineRefusals {
    private final List<PulledInput> inputs;

    EngineRefusals(List<PulledInput> inputs) {
        this.inputs = List.copyOf(inputs);
    }

    /** Work of the engine. */
    @FunctionalInterface
    interface EngineWork<T> {
        T run() throws IOException;
    }

    /**
     * Opens the weights of every input, because the engine names files and only here it is known whose they are.
     *
     * @throws GraftException {@code MALFORMED_SAFETENSORS} or {@code MISSING_SHARD} naming version, file and tensor
     */
    void requireSound() throws IOException {
        for (PulledInput input : inputs) {
            try {
                Checkpoint.open(input.folder()).close();
            } catch (SafetensorsException e) {
                throw malformed(e, input.input().getVersion());
            }
        }
    }

    /**
     * Runs the work.
     *
     * @throws GraftException for what the engine refuses
     * @throws StoppedException when it was cancelled
     */
    <T> T explain(EngineWork<T> work) throws IOException {
        try {
            return work.run();
        } catch (TransferCancelledException e) {
            throw new StoppedException(e);
        } catch (SafetensorsException e) {
            throw malformed(e, "");
        } catch (NonFiniteWeightsException e) {
            throw nonFinite(e);
        } catch (IncompatibleWeightsException e) {
            throw incompatible(e);
        } catch (NotADifferenceException e) {
            throw refuse(ErrorCode.WRONG_ARTIFACT_KIND, e, Map.of());
        } catch (TensorPatternException e) {
            throw refuse(ErrorCode.INVALID_REQUEST, e, Map.of("pattern", e.pattern()));
        }
    }

    /** @param version whose weights they are; empty when that is not known */
    private GraftException malformed(SafetensorsException e, String version) {
        Map<String, String> metadata = new TreeMap<>();
        metadata.put("problem", e.problem().name());
        metadata.put("file", byVersion(e.file()));
        if (!version.isEmpty()) {
            metadata.put("version", version);
        }
        String tensor = e.tensor();
        if (tensor != null) {
            metadata.put("tensor", tensor);
        }
        ErrorCode code =
                e.problem() == Problem.MISSING_SHARD ? ErrorCode.MISSING_SHARD : ErrorCode.MALFORMED_SAFETENSORS;
        String message = byVersion(String.valueOf(e.getMessage()));
        boolean named = message.contains(version);
        return new GraftException(code, named ? message : version + ": " + message, metadata);
    }

    /** The metadata is about an input if there is one to blame; a result is never finite where an input isn't. */
    private GraftException nonFinite(NonFiniteWeightsException e) {
        NonFiniteWeightsException.Finding cause = e.findings().stream()
                .filter(finding -> !finding.model().equals("output"))
                .findFirst()
                .orElse(e.findings().getFirst());
        return refuse(
                ErrorCode.NON_FINITE_WEIGHTS,
                e,
                Map.of(
                        "tensor", cause.tensor(),
                        "model", cause.model(),
                        "count", Long.toString(cause.count())));
    }

    private GraftException incompatible(IncompatibleWeightsException e) {
        CompatibilityProblem first = e.problems().getFirst();
        ErrorCode code = switch (first.kind()) {
            case VOCABULARY_DIFFERS -> ErrorCode.VOCABULARY_MISMATCH;
            case ADAPTER -> ErrorCode.WRONG_ARTIFACT_KIND;
            case NOTHING_SELECTED -> ErrorCode.INVALID_REQUEST;
            case MISSING_TENSOR, SHAPE_DIFFERS, DTYPE_UNSUPPORTED -> ErrorCode.TENSOR_MISMATCH;
        };
        Map<String, String> metadata = new TreeMap<>(first.sides());
        metadata.put("problem", first.kind().name());
        metadata.put("problems", Integer.toString(e.problems().size()));
        if (first.kind() != ProblemKind.NOTHING_SELECTED) {
            metadata.put("tensor", first.tensor());
        }
        return refuse(code, e, metadata);
    }

    private GraftException refuse(ErrorCode code, RuntimeException e, Map<String, String> metadata) {
        return new GraftException(code, byVersion(String.valueOf(e.getMessage())), metadata);
    }

    private String byVersion(String text) {
        String told = text;
        for (PulledInput input : inputs) {
            told = told.replace(input.folder().toString(), input.input().getVersion());
        }
        return told;
    }
}
