/** Readers of the file formats that a data set can have, each a stream of rows in bounded memory. */
@NullMarked
package io.graft.platform.datasets.format;

import org.jspecify.annotations.NullMarked;
