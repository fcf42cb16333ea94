package dev.parlor.internal.net.jgroups.stack;

import org.jgroups.Address;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.PingData;
import org.jgroups.protocols.pbcast.ClientGmsImpl;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.util.Responses;
import org.jgroups.util.Util;

/**
 * GMS, of which nobody begins a room of its own where there is one. Members whose first has just died say that they are members
 * and that none of them is the first, until they have noticed. JGroups counts them among those who are about to join, of whom the
 * one with the lowest address is the first: a joiner would be alone in an empty room. Here it asks again, ten times at most
 * ({@code max_join_attempts}), which is longer than failure detection takes.
 */
public final class RoomMembership extends GMS {
    /** Known to the stack of others as GMS. */
    public RoomMembership() {
        this.id = ClassConfigurator.getProtocolId(GMS.class);
    }

    @Override
    public void becomeClient() {
        impls.computeIfAbsent(CLIENT, unknown -> new Newcomer());
        super.becomeClient();
    }

    /** Whether somebody is in the room already. */
    private static boolean isThereARoom(Responses answers) {
        for (PingData each : answers) {
            if (each.isServer()) {
                return true;
            }
        }
        return false;
    }

    private final class Newcomer extends ClientGmsImpl {
        Newcomer() {
            super(RoomMembership.this);
        }

        @Override
        protected boolean firstOfAllClients(Address joiner, Responses answers) {
            if (isThereARoom(answers)) {
                Util.sleep(all_clients_retry_timeout);
                return false;
            }
            return super.firstOfAllClients(joiner, answers);
        }
    }
}
