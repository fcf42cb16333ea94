/**
 * Records and classes of an application as bytes: their fields by name, how objects are read and made, and how a field takes what
 * another version of the class has sent. Called by the registry of types; knows nothing of which classes are registered.
 */
@NullMarked
package dev.parlor.internal.value.shape;

import org.jspecify.annotations.NullMarked;
