package hikkoshi.rehearsal.tests;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;

import hikkoshi.rehearsal.dns.DnsMessage;
import hikkoshi.rehearsal.dns.DnsName;
import hikkoshi.rehearsal.dns.DnsWire;

/// Asks DNS servers byte by byte.
record RawDns(InetAddress address, int port) {

	private static final int TIMEOUT = 20_000;
	static final int ID = 0x1234;

	static DnsMessage query(String name, int type, boolean recursion, int ednsSize) {
		return new DnsMessage(ID, false, 0, false, false, recursion, false, 0, new DnsMessage.Question(DnsName.of(name), type, 1), List.of(), List.of(),
				List.of(), ednsSize, 0);
	}

	DnsMessage ask(String name, int type) throws Exception {
		return ask(query(name, type, false, 0));
	}

	DnsMessage ask(DnsMessage query) throws Exception {
		return DnsWire.decode(udp(DnsWire.encode(query, 65_535)));
	}

	byte[] udp(byte[] bytes) throws IOException {
		try (DatagramSocket socket = new DatagramSocket()) {
			socket.connect(new InetSocketAddress(address, port));
			socket.setSoTimeout(TIMEOUT);
			socket.send(new DatagramPacket(bytes, bytes.length));
			DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
			socket.receive(packet);
			return Arrays.copyOf(packet.getData(), packet.getLength());
		}
	}

	DnsMessage tcp(DnsMessage query) throws Exception {
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress(address, port), TIMEOUT);
			socket.setSoTimeout(TIMEOUT);
			return DnsWire.decode(tcp(socket, DnsWire.encode(query, 65_535)));
		}
	}

	static byte[] tcp(Socket socket, byte[] bytes) throws IOException {
		socket.getOutputStream().write(new byte[] { (byte) (bytes.length >> 8), (byte) bytes.length });
		socket.getOutputStream().write(bytes);
		DataInputStream in = new DataInputStream(socket.getInputStream());
		byte[] answer = new byte[in.readUnsignedShort()];
		in.readFully(answer);
		return answer;
	}
}
