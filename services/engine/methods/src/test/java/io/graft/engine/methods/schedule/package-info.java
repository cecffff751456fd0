@NullMarked
package io.graft.engine.methods.schedule;

import org.jspecify.annotations.NullMarked;
