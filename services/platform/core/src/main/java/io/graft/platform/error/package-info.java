/** Reasons for refusal and failure, the same everywhere. */
@NullMarked
package io.graft.platform.error;

import org.jspecify.annotations.NullMarked;
