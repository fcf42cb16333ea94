package dev.parlor.internal.value.io;

import com.esotericsoftware.kryo.KryoException;

/** An object would not arrive as it is. */
public final class Unshareable extends KryoException {
    private static final long serialVersionUID = 1L;

    /**
     * An exception.
     *
     * @param what what it is and why it would not arrive, a colon, and what to do
     */
    public Unshareable(String what) {
        super(what);
    }
}
