@NullMarked
package io.graft.engine.conversion;

import org.jspecify.annotations.NullMarked;
