@NullMarked
package io.graft.engine.methods;

import org.jspecify.annotations.NullMarked;
