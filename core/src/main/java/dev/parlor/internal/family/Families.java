package dev.parlor.internal.family;

import dev.parlor.Family;
import dev.parlor.KeyFamily;
import dev.parlor.SessionData;
import dev.parlor.internal.engine.Writing;
import dev.parlor.internal.listener.Values;
import dev.parlor.internal.session.SessionReplica;

/** Makes the views of families. Thread-safe. */
public final class Families {
    private final SessionReplica session;
    private final Values values;
    private final Writing writing;
    private final Registrations registrations;
    private final Declared declared = new Declared();

    /** Those of a room. */
    public Families(SessionReplica session, Values values, Writing writing, Registrations registrations) {
        this.session = session;
        this.values = values;
        this.writing = writing;
        this.registrations = registrations;
    }

    /**
     * A family, live.
     *
     * @param type the class of which values arrive for that of the family
     * @param data where it is written
     */
    public <T> Family<T> of(KeyFamily<T> family, Class<T> type, SessionData data) {
        declared.add(family);
        return new SharedFamily<>(session, new Belonging<>(family, type, values, registrations.dispatcher(), null), registrations,
                data, writing, declared);
    }
}
