@NullMarked
package io.graft.engine.worker;

import org.jspecify.annotations.NullMarked;
