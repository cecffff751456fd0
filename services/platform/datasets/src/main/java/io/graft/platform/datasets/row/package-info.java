/** A row of a data set, its values, and the problems that rows can have. Depends on the JDK only. */
@NullMarked
package io.graft.platform.datasets.row;

import org.jspecify.annotations.NullMarked;
