package io.graft.engine.methods.peft;

import java.util.regex.Pattern;

/**
 * Names of an adapter's tensors on disk: {@code base_model.model.} + module + {@code .lora_A.weight} and so on. The
 * adapter's own name, which PEFT has in memory, is not part of them, nor is {@code .weight} of a magnitude.
 */
final class AdapterKeys {
    private static final String PREFIX = "base_model.model.";
    private static final String A = ".lora_A.weight";
    private static final String B = ".lora_B.weight";
    private static final String MAGNITUDE = ".lora_magnitude_vector";
    private static final String WRAPPED = ".base_layer.";
    private static final String SAVED = ".modules_to_save.";
    private static final String ORIGINAL = ".original_module.";

    /** What PEFT calls its factors in memory, and those of embeddings. */
    private static final Pattern NAMED = Pattern.compile(".*\\.lora_(embedding_)?(A|B|magnitude_vector)(\\..*)?");

    private AdapterKeys() {}

    /** What a tensor is to its module. */
    enum Role {
        A,
        B,
        MAGNITUDE,
        /** A whole parameter of the base; the module is then the parameter's name. */
        PARAMETER,
        /** A copy of the base that PEFT writes with {@code bias: all} and that says nothing. */
        COPY
    }

    /** A key taken apart. */
    record Part(String key, String module, Role role) {}

    static Part parse(String key) {
        if (!key.startsWith(PREFIX)) {
            throw new AdapterException(
                    AdapterProblem.UNKNOWN_TENSOR,
                    "tensor '" + key + "' does not begin with " + PREFIX
                            + "; save the adapter with PEFT's save_pretrained");
        }
        String name = key.substring(PREFIX.length());
        if (name.endsWith(A)) {
            return new Part(key, name.substring(0, name.length() - A.length()), Role.A);
        }
        if (name.endsWith(B)) {
            return new Part(key, name.substring(0, name.length() - B.length()), Role.B);
        }
        if (name.endsWith(MAGNITUDE)) {
            return new Part(key, name.substring(0, name.length() - MAGNITUDE.length()), Role.MAGNITUDE);
        }
        if (NAMED.matcher(name).matches()) {
            throw new AdapterException(
                    AdapterProblem.UNKNOWN_TENSOR,
                    "tensor '" + key + "' has the adapter's own name in it, or is no factor of a linear layer; save the"
                            + " adapter with PEFT's save_pretrained, and adapt linear layers only");
        }
        if (name.contains(ORIGINAL)) {
            return new Part(key, name.replace(ORIGINAL, "."), Role.COPY);
        }
        return new Part(key, name.replace(WRAPPED, ".").replace(SAVED, "."), Role.PARAMETER);
    }

    static String a(String module) {
        return PREFIX + module + A;
    }

    static String b(String module) {
        return PREFIX + module + B;
    }

    static String magnitude(String module) {
        return PREFIX + module + MAGNITUDE;
    }

    static String saved(String parameter) {
        return PREFIX + parameter;
    }

    /** The bias of a module that has an adapter. */
    static String wrappedBias(String module) {
        return PREFIX + module + WRAPPED + "bias";
    }
}
