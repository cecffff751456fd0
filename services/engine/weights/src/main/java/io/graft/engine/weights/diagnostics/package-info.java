/** What a transfer did to each tensor, in numbers. */
@NullMarked
package io.graft.engine.weights.diagnostics;

import org.jspecify.annotations.NullMarked;
