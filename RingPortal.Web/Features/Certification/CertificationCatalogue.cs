namespace RingPortal.Web.Features.Certification;

/// <summary>Everything that Ring's certification asks for (contract 11), in its order. The words to each item are texts.</summary>
internal static class CertificationCatalogue
{
    /// <summary>The items, group by group.</summary>
    public static IReadOnlyList<CertificationItem> Items { get; } =
    [
        // Contract 11.2.
        Machine(CertificationGroup.Before, "before.name"),
        Person(CertificationGroup.Before, "before.description"),
        Person(CertificationGroup.Before, "before.tags"),
        Person(CertificationGroup.Before, "before.features"),
        Machine(CertificationGroup.Before, "before.sheet"),
        Machine(CertificationGroup.Before, "before.scopes"),
        Machine(CertificationGroup.Before, "before.logo"),
        Machine(CertificationGroup.Before, "before.address.token"),
        Machine(CertificationGroup.Before, "before.address.link"),
        Machine(CertificationGroup.Before, "before.address.webhook"),
        Machine(CertificationGroup.Before, "before.address.config"),
        Machine(CertificationGroup.Before, "before.config"),
        Machine(CertificationGroup.Before, "before.link"),
        Machine(CertificationGroup.Before, "before.https"),
        Machine(CertificationGroup.Before, "before.production"),
        Machine(CertificationGroup.Before, "before.oauth.answers"),
        Machine(CertificationGroup.Before, "before.oauth.flow"),
        Machine(CertificationGroup.Before, "before.webhook.accepts"),
        Machine(CertificationGroup.Before, "before.webhook.time"),
        Machine(CertificationGroup.Before, "before.webhook.duplicate"),
        Machine(CertificationGroup.Before, "before.webhook.signature"),
        Machine(CertificationGroup.Before, "before.webhook.key"),
        Person(CertificationGroup.Before, "before.linking.production"),
        Person(CertificationGroup.Before, "before.linking.staging"),
        Machine(CertificationGroup.Before, "before.notes"),
        Person(CertificationGroup.Before, "before.questionnaire"),
        // Contract 11.3, during the review.
        Person(CertificationGroup.During, "during.console"),
        Person(CertificationGroup.During, "during.traffic"),
        Machine(CertificationGroup.During, "during.up"),
        Machine(CertificationGroup.During, "during.frozen"),
        Machine(CertificationGroup.During, "during.contact"),
        // Contract 11.3, after the submission.
        Person(CertificationGroup.After, "after.frozen"),
        Machine(CertificationGroup.After, "after.responsive"),
        Person(CertificationGroup.After, "after.ready"),
        Person(CertificationGroup.After, "after.publish"),
        // Contract 11.4.
        Machine(CertificationGroup.Behaviour, "behave.signin"),
        Machine(CertificationGroup.Behaviour, "behave.nonce"),
        Machine(CertificationGroup.Behaviour, "behave.clock"),
        Machine(CertificationGroup.Behaviour, "behave.pool"),
        Machine(CertificationGroup.Behaviour, "behave.confirm"),
        Person(CertificationGroup.Behaviour, "behave.removed"),
        Person(CertificationGroup.Behaviour, "behave.capabilities"),
        Person(CertificationGroup.Behaviour, "behave.zones"),
        Machine(CertificationGroup.Behaviour, "behave.tokens"),
        // Contract 11.5.
        Person(CertificationGroup.Ux, "ux.account.create", ItemBinding.Conditional),
        Person(CertificationGroup.Ux, "ux.account.fields", ItemBinding.Conditional),
        Person(CertificationGroup.Ux, "ux.account.verify", ItemBinding.Conditional),
        Person(CertificationGroup.Ux, "ux.account.reason"),
        Person(CertificationGroup.Ux, "ux.account.survives"),
        Person(CertificationGroup.Ux, "ux.linked.page"),
        Person(CertificationGroup.Ux, "ux.linked.tutorial", ItemBinding.Recommended),
        Person(CertificationGroup.Ux, "ux.devices.names"),
        Person(CertificationGroup.Ux, "ux.devices.offline"),
        Person(CertificationGroup.Ux, "ux.devices.empty"),
        Person(CertificationGroup.Ux, "ux.devices.readonly"),
        Person(CertificationGroup.Ux, "ux.devices.zones"),
        Person(CertificationGroup.Ux, "ux.plans.status", ItemBinding.Conditional),
        Person(CertificationGroup.Ux, "ux.plans.myapps", ItemBinding.Conditional),
        Person(CertificationGroup.Ux, "ux.plans.atonce", ItemBinding.Conditional),
        Person(CertificationGroup.Ux, "ux.auth.silent"),
        Person(CertificationGroup.Ux, "ux.auth.unlinked"),
        Person(CertificationGroup.Ux, "ux.errors.plain"),
        Person(CertificationGroup.Ux, "ux.errors.states"),
        Machine(CertificationGroup.Ux, "ux.a11y.axe"),
        Person(CertificationGroup.Ux, "ux.a11y.contrast"),
        Person(CertificationGroup.Ux, "ux.a11y.keyboard"),
        Person(CertificationGroup.Ux, "ux.a11y.forms"),
        Person(CertificationGroup.Ux, "ux.a11y.signin"),
        Person(CertificationGroup.Ux, "ux.a11y.zoom"),
        Person(CertificationGroup.Ux, "ux.a11y.live"),
        Person(CertificationGroup.Ux, "ux.privacy.delete"),
        Machine(CertificationGroup.Ux, "ux.privacy.reach"),
        Person(CertificationGroup.Ux, "ux.privacy.disconnect"),
        Person(CertificationGroup.Ux, "ux.engagement.rare", ItemBinding.Recommended),
        Person(CertificationGroup.Ux, "ux.brand.compatible"),
    ];

    /// <summary>The item with this key; null when there is none.</summary>
    public static CertificationItem? Find(string? id) => Items.FirstOrDefault(item => item.Id == id);

    private static CertificationItem Machine(CertificationGroup group, string id, ItemBinding binding = ItemBinding.Required) => new(id, group, IsMachine: true, binding);

    private static CertificationItem Person(CertificationGroup group, string id, ItemBinding binding = ItemBinding.Required) => new(id, group, IsMachine: false, binding);
}
