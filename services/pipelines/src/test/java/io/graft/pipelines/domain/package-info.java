@NullMarked
package io.graft.pipelines.domain;

import org.jspecify.annotations.NullMarked;
