/** The catalogue of methods, served. */
@NullMarked
package io.graft.platform.catalogue;

import org.jspecify.annotations.NullMarked;
