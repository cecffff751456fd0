@NullMarked
package io.graft.pipelines.store;

import org.jspecify.annotations.NullMarked;
