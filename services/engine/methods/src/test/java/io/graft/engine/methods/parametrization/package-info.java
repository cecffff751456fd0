@NullMarked
package io.graft.engine.methods.parametrization;

import org.jspecify.annotations.NullMarked;
