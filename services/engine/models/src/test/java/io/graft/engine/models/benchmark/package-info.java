@NullMarked
package io.graft.engine.models.benchmark;

import org.jspecify.annotations.NullMarked;
