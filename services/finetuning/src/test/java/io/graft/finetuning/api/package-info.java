@NullMarked
package io.graft.finetuning.api;

import org.jspecify.annotations.NullMarked;
