@NullMarked
package io.graft.finetuning;

import org.jspecify.annotations.NullMarked;
