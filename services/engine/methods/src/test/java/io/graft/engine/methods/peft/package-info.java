@NullMarked
package io.graft.engine.methods.peft;

import org.jspecify.annotations.NullMarked;
