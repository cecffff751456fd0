/** Changes of pictures by chance, before a model sees them. */
@NullMarked
package io.graft.engine.data.picture;

import org.jspecify.annotations.NullMarked;
