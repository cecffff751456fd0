/** Checks a local Hugging Face folder before it is imported. */
@NullMarked
package io.graft.engine.conversion.huggingface;

import org.jspecify.annotations.NullMarked;
