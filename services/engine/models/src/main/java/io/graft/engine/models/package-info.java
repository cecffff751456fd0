/** Models as Hugging Face's libraries lay them out: opening a folder, a new model from a configuration, saving, and what a model can do. */
@NullMarked
package io.graft.engine.models;

import org.jspecify.annotations.NullMarked;
