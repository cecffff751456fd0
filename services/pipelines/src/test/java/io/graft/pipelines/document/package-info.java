@NullMarked
package io.graft.pipelines.document;

import org.jspecify.annotations.NullMarked;
