@NullMarked
package io.graft.training.domain;

import org.jspecify.annotations.NullMarked;
