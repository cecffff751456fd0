@NullMarked
package io.graft.pipelines;

import org.jspecify.annotations.NullMarked;
