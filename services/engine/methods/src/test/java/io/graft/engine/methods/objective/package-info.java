@NullMarked
package io.graft.engine.methods.objective;

import org.jspecify.annotations.NullMarked;
