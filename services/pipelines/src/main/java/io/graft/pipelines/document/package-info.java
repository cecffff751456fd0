/** The document of a pipeline: YAML with positions, the shape that it must have, and what it says. */
@NullMarked
package io.graft.pipelines.document;

import org.jspecify.annotations.NullMarked;
