/**
 * Turns models as users have them into Hugging Face folders of safetensors. Callers use {@link
 * io.graft.engine.conversion.ModelImport}.
 */
@NullMarked
package io.graft.engine.conversion;

import org.jspecify.annotations.NullMarked;
