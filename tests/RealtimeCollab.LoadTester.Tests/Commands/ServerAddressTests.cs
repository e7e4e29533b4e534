using RealtimeCollab.LoadTester.Commands;

namespace RealtimeCollab.LoadTester.Tests.Commands;

public sealed class ServerAddressTests
{
    [Theory]
    [InlineData("http://localhost:5080")]
    [InlineData("https://LOCALHOST")]
    [InlineData("http://127.0.0.1:8080/base")]
    [InlineData("http://127.8.9.1")]
    [InlineData("http://[::1]:5080")]
    public void ThisMachine_IsLocal(string address) => Assert.True(ServerAddress.IsLocal(ServerAddress.Parse(address)!));

    [Theory]
    [InlineData("https://collab.example")]
    [InlineData("http://10.0.0.1")]
    [InlineData("http://192.168.1.2:5080")]
    [InlineData("http://0.0.0.0")]
    [InlineData("http://localhost.example")]
    [InlineData("http://127.0.0.1.example")]
    [InlineData("http://[fe80::1]")]
    public void AnyOther_IsNotLocal(string address) => Assert.False(ServerAddress.IsLocal(ServerAddress.Parse(address)!));

    [Theory]
    [InlineData("localhost:5080")]
    [InlineData("ftp://localhost")]
    [InlineData("/hubs")]
    [InlineData("")]
    public void WhatIsNoWebAddress_IsNone(string text) => Assert.Null(ServerAddress.Parse(text));
}
