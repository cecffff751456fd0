@NullMarked
package io.graft.finetuning.domain;

import org.jspecify.annotations.NullMarked;
