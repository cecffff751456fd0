/**
 * Data sets as streams of typed rows: JSONL, CSV, Parquet, plain text, picture folders and IDX. Knows neither a
 * container nor a tensor library, so that services check a data set with the very code that a worker trains from.
 */
@NullMarked
package io.graft.platform.datasets;

import org.jspecify.annotations.NullMarked;
