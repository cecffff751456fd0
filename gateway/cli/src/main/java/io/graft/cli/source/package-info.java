/** Models as users have them, brought to Hugging Face layout for upload. */
@NullMarked
package io.graft.cli.source;

import org.jspecify.annotations.NullMarked;
