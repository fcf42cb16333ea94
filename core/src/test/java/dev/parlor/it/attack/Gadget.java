package dev.parlor.it.attack;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;

/** An object that tells when somebody deserializes it: the harmless stand-in for one that runs an attacker's code. */
public final class Gadget implements Serializable {
    private static final long serialVersionUID = 1L;

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        System.out.println("GADGET RAN");
    }
}
