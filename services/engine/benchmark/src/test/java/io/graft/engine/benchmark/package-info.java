@NullMarked
package io.graft.engine.benchmark;

import org.jspecify.annotations.NullMarked;
