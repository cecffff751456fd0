@NullMarked
package io.graft.engine.methods.stopping;

import org.jspecify.annotations.NullMarked;
