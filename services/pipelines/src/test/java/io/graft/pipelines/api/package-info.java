@NullMarked
package io.graft.pipelines.api;

import org.jspecify.annotations.NullMarked;
