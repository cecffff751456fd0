@NullMarked
package io.graft.engine.data.bpe;

import org.jspecify.annotations.NullMarked;
