namespace RingPortal.Tests.Rights;

/// <summary>Everybody who tries: the owner, somebody else who has cameras too, staff of both kinds, and nobody.</summary>
internal sealed class RightsCast : IDisposable
{
    private readonly List<RightsPerson> _all;

    private RightsCast(RightsPerson owner, IReadOnlyList<RightsPerson> others, RightsPerson nobody, RightsBelongings belongings)
    {
        (Owner, Nobody, Check) = (owner, nobody, new RightsCheck(owner, others, nobody, belongings));
        _all = [owner, nobody, .. others];
    }

    public RightsPerson Owner { get; }

    public RightsPerson Nobody { get; }

    public RightsCheck Check { get; }

    /// <param name="open">A fresh browser, at whatever instance.</param>
    /// <param name="executeAsync">Runs a statement.</param>
    /// <param name="withServicesAsync">Does something with the portal's own services.</param>
    public static async Task<RightsCast> GatherAsync(Func<HttpClient> open, Func<string, Task<int>> executeAsync, Func<Func<IServiceProvider, Task<RightsBelongings>>, Task<RightsBelongings>> withServicesAsync)
    {
        var owner = new RightsPerson("owner", open());
        var email = Email("owner");
        await owner.SignUpAsync(email);
        var other = new RightsPerson("other", open());
        var stranger = Email("other");
        await other.SignUpAsync(stranger);
        var others = new List<RightsPerson> { other };
        foreach (var role in new[] { "Admin", "Support" })
        {
            var address = Email(role);
            using (var before = new RightsPerson(role, open()))
            {
                await before.SignUpAsync(address);
            }

            Assert.Equal(1, await executeAsync($"INSERT INTO user_roles (user_id, role_id) SELECT users.id, roles.id FROM users, roles WHERE users.email = '{address}' AND roles.name = '{role}'"));
            var staff = new RightsPerson(role, open(), isStaff: true);
            await staff.SignInAsync(address);
            others.Add(staff);
        }

        var nobody = new RightsPerson("nobody", open());
        await nobody.LookAsync("/Account/Login");
        await withServicesAsync(services => RightsBelongings.MakeAsync(services, stranger));
        return new RightsCast(owner, others, nobody, await withServicesAsync(services => RightsBelongings.MakeAsync(services, email)));
    }

    public void Dispose() => _all.ForEach(person => person.Dispose());

    private static string Email(string who) => $"{who.ToLowerInvariant()}.{Guid.NewGuid():N}@example.org";
}
