@NullMarked
package io.graft.engine.data;

import org.jspecify.annotations.NullMarked;
