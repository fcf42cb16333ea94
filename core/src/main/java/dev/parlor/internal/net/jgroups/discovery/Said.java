package dev.parlor.internal.net.jgroups.discovery;

import java.io.DataInput;
import java.io.IOException;
import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.Header;
import org.jgroups.Message;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.MERGE3;
import org.jgroups.protocols.MPING;
import org.jgroups.protocols.PingHeader;
import org.jgroups.util.ByteArrayDataInputStream;
import org.jgroups.util.UUID;
import org.jgroups.util.Util;

/**
 * A message of JGroups as it comes in discovery, from anybody in an open room. JGroups' own reader makes whatever message and header
 * it is told to, and reserves what a length says, up to two gigabytes for a datagram of sixty bytes. This one knows two protocols
 * and takes no length that is not there.
 */
final class Said extends BytesMessage {
    static final short DISCOVERY_ID = ClassConfigurator.getProtocolId(MPING.class);
    static final short MERGE_ID = ClassConfigurator.getProtocolId(MERGE3.class);
    private static final byte HAS_DESTINATION = 1;
    private static final byte HAS_SOURCE = 1 << 1;
    private static final short PING_HEADER = new PingHeader().getMagicId();
    private static final short MERGE_HEADER = new MERGE3.MergeHeader().getMagicId();

    private Said() {}

    /**
     * The message, which begins with its type.
     *
     * @throws IOException if it is none of discovery
     */
    static Message read(ByteArrayDataInputStream in) throws IOException {
        short type = in.readShort();
        if (type != Message.BYTES_MSG && type != Message.EMPTY_MSG) {
            throw new IOException("a message of the type " + type);
        }
        Said said = new Said();
        try {
            byte leading = in.readByte();
            said.setFlag(in.readShort(), false);
            if (Util.isFlagSet(leading, HAS_DESTINATION)) {
                said.setDest(address(in));
            }
            if (Util.isFlagSet(leading, HAS_SOURCE)) {
                said.setSrc(address(in));
            }
            said.readHeader(in, type);
        } catch (ClassNotFoundException e) {
            throw new IOException(e);
        }
        if (type == Message.BYTES_MSG) {
            int length = in.readInt();
            int left = in.limit() - in.position();
            if (length > left) {
                throw new IOException(length + " bytes are announced, and " + left + " there");
            }
            if (length >= 0) {
                byte[] payload = new byte[length];
                in.readFully(payload);
                said.setArray(payload);
            }
        }
        return said;
    }

    private static Address address(DataInput in) throws IOException, ClassNotFoundException {
        Address address = Util.readAddress(in);
        if (!(address instanceof UUID)) {
            throw new IOException("no member has the address " + address);
        }
        return address;
    }

    /** One of discovery, or one that says of which view somebody is and carries nothing else. */
    private void readHeader(DataInput in, short type) throws IOException, ClassNotFoundException {
        int count = in.readShort();
        short id = in.readShort();
        short magic = in.readShort();
        boolean discovery = id == DISCOVERY_ID && magic == PING_HEADER;
        boolean merge = id == MERGE_ID && magic == MERGE_HEADER && type == Message.EMPTY_MSG;
        if (count != 1 || !discovery && !merge) {
            throw new IOException(count + " headers, the first of the protocol " + id);
        }
        Header header = ClassConfigurator.create(magic);
        header.readFrom(in);
        putHeader(id, header);
    }
}
