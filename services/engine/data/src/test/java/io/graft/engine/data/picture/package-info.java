@NullMarked
package io.graft.engine.data.picture;

import org.jspecify.annotations.NullMarked;
