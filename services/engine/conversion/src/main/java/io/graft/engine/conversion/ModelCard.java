package io.graft.engine.conversion;

import java.util.Locale;

/** The {@code README.md} of a converted model. */
final class ModelCard {
    private ModelCard() {}

    static String write(String origin, String licence, String file) {
        return """
                ---
                license: %s
                library_name: transformers
                ---
                # %s

                Converted from ONNX (%s) to safetensors in float32 without a change of any weight.

                * Source: %s
                * Licence of the model: %s
                """.formatted(licence.toLowerCase(Locale.ROOT), origin, file, origin, licence);
    }
}
